"""The chain of layers: whose cache, whose index, whose key."""

from autograder.engine.diagnosis.misconception import Misconception

CACHES_OFF_BY_ONE = Misconception(
    "caches-off-by-one",
    unit="04",
    title="the cache of a neighbouring layer",
    computed="a gradient in which a layer goes back with the cache of its neighbour",
    formula="layer l lives in caches[l-1]",
    ask="Print l and the shape of the W in the cache you take. Is it W^[l]?",
    section="04, A chain of layers",
)

ALIAS_LAST_CACHE = Misconception(
    "alias-last-cache",
    unit="04",
    title="every layer has the same cache",
    computed="a gradient in which all layers go back with one and the same cache",
    formula="layer l lives in caches[l-1]",
    ask="Print the cache with which layer 1 goes back, and that of layer 2. Is caches[0] the same "
    "object as caches[1]?",
    section="04, A chain of layers",
)

WRONG_LAYER_INDEX = Misconception(
    "wrong-layer-index",
    unit="04",
    title="an index is off by one layer",
    computed="a gradient in which one factor is taken from the neighbouring layer",
    formula="dZ^[l] = W^[l+1]ᵀ dZ^[l+1] * g′(Z^[l])",
    ask="Write the forward line of layer l+1 and reverse exactly that line. Which W, which Z?",
    section="04, A chain of layers",
)

DA_KEY_SHIFTED = Misconception(
    "da-key-shifted",
    unit="04",
    title="dA under the key of the next layer",
    computed="the right dA, stored one key too high: grads['dA2'] holds the derivative with "
    "respect to A^[1]",
    formula="grads['dA' + str(l)] is the derivative with respect to A^[l]",
    ask="linear_activation_backward of layer l returns dA_prev. Of which A is that?",
    section="04, A chain of layers",
    mistake=False,
)
