"""The ids of the catalogue of misconceptions, which a mutant may name."""

IDS = frozenset(
    """
    attention-dk-not-transposed attention-dv-not-transposed attention-dwo-meets-x
    attention-heads-mixed attention-mask-after-softmax attention-mask-ignored
    attention-mask-inverted attention-mask-zero attention-one-head attention-overflow
    attention-query-for-key attention-residual-missing attention-road-missing attention-row-term
    attention-scale-forgotten attention-scale-of-another-size attention-scale-twice
    attention-softmax-skipped
    arrived-left-out root-left-out activation-value-as-derivative alias-last-cache
    backprop-is-gradient-descent bptt-carry-accumulated bptt-steps-left-out bptt-one-step-back
    rate-left-out chunk-borders-moved chunk-incomplete chunks-overlap clip-other-norm
    adam-betas-swapped adam-bias-correction-missing adam-corrected-carried-on
    adam-power-of-one-minus-beta adam-square-of-mean adam-t-off-by-one
    bptt-cell-called-twice bptt-loops-without-carry graph-walked-as-tree
    backprop-is-numeric-or-symbolic bias-forgotten bptt-da-ignored bptt-da-prevt-equals-da-t-minus-1
    bptt-double-count bptt-forward-direction bptt-last-loss-only bptt-missing-da-prevt
    bptt-overwrite-not-accumulate bptt-plus-is-truncation bptt-quadratic-cost bptt-wrong-cache
    cache-borrowed cache-view-aliasing caches-off-by-one clip-below-the-limit
    clip-copies-not-inplace clip-value-vs-norm
    clip-wrong-place concat-no-slice cost-left-to-right da-key-shifted da-mutated-in-place
    da-prev-skips-tanh da0-added-up da0-not-returned dal-sign db-extra-axis db-forgotten
    db-from-dw-rowsum
    db-mean-and-one-over-m db-no-keepdims db-no-sum db-not-averaged db-sum-all db-wrong-axis
    dba-broadcast-square dead-relu-forever denominator-vs-numerator-layout
    derivative-at-wrong-argument derivative-unsquared divide-by-T dropout-mask-forgotten
    dropout-mask-inverted dropout-not-scaled
    dropout-new-mask dw-instead-of-w dw-transposed dw-uses-own-activation dw-uses-z dwaa-uses-a-next
    diag-reads-a-column dx-accumulated dx-left-flat elementwise-vs-matmul equal-operands-once
    flattened-in-another-order softmax-shift-differs
    grad-overwrite-not-accumulate
    gradcheck-degenerate-point gradcheck-epsilon-too-large gradcheck-epsilon-too-small
    gradcheck-float32 gradcheck-global-norm-hides gradcheck-half-fixed gradcheck-integer-dtype
    gradcheck-kink gradcheck-one-sided gradcheck-operator-precedence gradcheck-random-forward
    gradcheck-self-compare gradient-left-at-zero gradients-by-place grads-not-reset
    half-of-p-minus-y
    hidden-state-carry immediate-vs-total-derivative index-add-duplicates inplace-p-minus-y
    inplace-relu-mutates-da input-grad-counted-twice inverse-derivative j-vs-l-one-over-m-placement
    l2-factor l2-forgotten l2-on-bias layers-counted-from-the-end log-base loss-derivative-wrong
    loss-equal-means-no-gradient loss-goes-down-so-gradient-right loss-vector-jacobian
    concat-order gru-dwc-without-r gru-gate-ways-missing gru-other-convention gru-reset-way
    gru-straight-way-missing gru-u-has-two-ways lstm-both-carries-missing lstm-c-next-for-c-prev
    lstm-da-misses-c lstm-dot-for-ot lstm-gate-path-missing lstm-lanes-swapped lstm-o-without-tanh
    lstm-dc-next-missing lstm-dc-prev-no-forget lstm-gate-derivative-missing lstm-parenthesis
    lstm-tanh-of-tanh matmul-not-elementwise missing-activation-derivative missing-one-over-m
    mini-batch-last-dropped mini-batch-pairs-broken optimiser-epsilon-inside-root
    optimiser-learning-rate-in-velocity optimiser-learning-rate-twice
    optimiser-one-minus-beta-missing optimiser-root-missing optimiser-square-missing
    optimiser-state-shared optimiser-step-from-old-state optimiser-weights-swapped
    norm-begin norm-ddof norm-dgamma-x-for-x-hat norm-eps-place norm-gamma-left-out
    norm-gamma-pulled-out
    norm-mean-road-missing norm-momentum-swapped norm-not-kept norm-root-missing norm-root-slope
    norm-square-slope norm-statistics-constant norm-sum-for-mean norm-test-uses-batch
    norm-variance-road-missing norm-wrong-axis
    sample-argmax sample-letter-not-fed-back sample-letters-pile-up sample-newline-left-out
    sample-no-letter-whole sample-probabilities-ignored
    sample-same-draw sample-state-forgotten word-clip-by-norm word-clip-scales-each-array
    word-loss-last-letter
    word-none-is-all-ones word-not-clipped word-parameter-left-out word-state-not-carried
    word-update-lost
    conv-border-not-cut conv-border-on-all-axes conv-border-wrong-side conv-column-order
    conv-kernel-flipped conv-last-filter conv-last-image conv-one-filter conv-overwritten
    conv-place-order conv-stride-left-out pool-one-maximum pool-place-in-window pool-side-by-side
    pool-whole-window windows-averaged
    missing-w-transpose negative-index-wrap one-class-only one-minus-z-squared one-over-m-per-layer
    one-over-m-twice output-derivative-missing-mse output-derivative-twice output-grads-last-step
    product-own-factor product-without-slopes recursive-backward-no-toposort relu-drops-upstream
    relu-mask-a-vs-z relu-mask-inverted relu-mask-on-gradient relu-value-as-derivative
    reuse-output-dz rnn-divide-by-m-again row-vs-column-layout shape-check-is-proof
    shared-grad-array sign-flip softmax-diagonal-only softmax-inner-sum softmax-jacobian-twice
    softmax-wrong-axis sum-loss-vs-mean-loss tanh-applied-twice tanh-prime-of-a-prev
    layers-without-parameters-not-counted
    updated-weights-in-backward upstream-means-earlier-layer waa-no-transpose whole-columns-indexed
    wrong-activation-derivative wrong-cache-part wrong-layer-index wrong-m z-times-derivative
    zero-init-symmetry
    """.split()  # noqa: SIM905 (134 lines otherwise)
)
