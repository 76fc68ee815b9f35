"""Notebooks with two independent slips, as real ones have."""

from .registry import pair

for first, second in [
    ("linear_backward/db_not_averaged", "relu_backward/relu_masks_by_the_gradient"),
    ("linear_backward/db_without_keepdims", "sigmoid_backward/sigmoid_times_its_value"),
    ("linear_backward/nothing_averaged", "relu_backward/relu_passes_everything"),
    ("linear_backward/dA_divided_by_m", "relu_backward/relu_times_its_value"),
    ("linear_backward/m_from_rows_of_A", "L_model_backward/Y_minus_AL"),
    ("linear_backward/db_left_zero", "L_model_backward/residual_times_sigmoid_slope"),
    ("linear_backward/signal_through_dW", "L_model_backward/residual_times_two"),
    ("linear_backward/db_from_dW", "L_model_backward/hidden_layers_without_relu"),
    ("linear_backward/db_mean_and_one_over_m", "L_model_backward/dAL_with_plus_inside"),
    ("relu_backward/relu_passes_everything", "L_model_backward/dAL_divided_by_m"),
    ("relu_backward/relu_masks_its_argument", "linear_backward/db_is_one_number_in_every_row"),
    ("sigmoid_backward/sigmoid_of_sigmoid", "compute_cost/sum_of_the_losses"),
    ("convert/forgets_dA", "L_model_backward_J/linear_backward_divides_again"),
]:
    pair("columns", first, second)

for first, second in [
    ("rnn_cell_backward/one_minus_a", "rnn_backward/da_prevt_forgotten"),
    ("rnn_cell_backward/Waa_not_transposed", "rnn_backward/divided_by_T"),
    ("rnn_cell_backward/dWaa_with_a_next", "rnn_backward/starts_at_the_last_loss_only"),
    ("rnn_cell_backward/tanh_passes_everything", "rnn_backward/da_prevt_forgotten"),
    ("rnn_cell_backward/da_prev_skips_tanh", "rnn_backward/dx_accumulated"),
    ("rnn_cell_backward/dba_over_axis_0", "output_backward/not_averaged"),
    ("rnn_cell_backward/dba_is_one_number", "rnn_backward/weights_averaged_at_the_end"),
    ("rnn_backward/da0_left_zero", "output_backward/last_step_gives_dWya_and_dby"),
    ("rnn_backward/da_prevt_forgotten", "output_backward/averaged_twice"),
    ("rnn_backward/always_the_first_cache", "output_backward/y_minus_y_pred"),
]:
    pair("rnn", first, second)

for first, second in [
    ("rnn_step_backward/Wh_not_transposed", "rnn_backward/divided_by_T"),
    ("rnn_step_backward/one_minus_h", "rnn_backward/dprev_h_forgotten"),
    ("rnn_step_backward/db_over_axis_1", "rnn_backward/dh0_left_zero"),
]:
    pair("rnn_rows", first, second)

for first, second in [
    (
        "backward_propagation_with_regularization/two_left",
        "backward_propagation_with_dropout/not_divided",
    ),
    ("embedding_backward/set_with_an_index", "clip_by_norm/each_by_its_own_norm"),
]:
    pair("regularised", first, second)
for first, second in [
    ("batchnorm_backward/variance_road_missing", "layernorm_backward/closed_gamma_in_front"),
    ("batchnorm_forward/momentum_exchanged", "batchnorm_backward/dgamma_meets_x"),
    ("layernorm_forward/statistics_of_the_features", "batchnorm_backward/nothing_divided"),
]:
    pair("normalised", first, second)
for first, second in [
    ("conv_backward_naive/dx_overwritten", "max_pool_backward_naive/to_the_whole_window"),
    ("conv_backward_naive/db_over_images", "col2im/rows_by_pixel_first"),
    ("max_pool_backward_naive/place_in_the_window", "col2im/overwritten"),
]:
    pair("convolution", first, second)

for first, second in [
    ("clip/in_place", "rnn_backward/no_carry"),
    ("rnn_backward/all_over_T_at_the_end", "optimize/uphill"),
    ("clip/by_norm", "sample/argmax"),
]:
    pair("characters", first, second)

for first, second in [
    ("attention_backward/dQ_unscaled", "self_attention_backward/no_road_by_K"),
    ("softmax_rows_backward/over_columns", "attention_backward/dV_not_transposed"),
    ("attention_forward/mask_ignored", "self_attention_backward/no_residual"),
]:
    pair("attention", first, second)

for first, second in [
    ("update_parameters_with_momentum/no_one_minus_beta", "initialize_adam/one_array_for_both"),
    ("update_parameters_with_rmsprop/no_root", "update_parameters_with_adam/t_plus_one"),
    ("update_parameters_with_adam/square_of_v", "random_mini_batches/two_orders"),
]:
    pair("optimisers", first, second)

for first, second in [
    ("affine_backward/db_over_axis_1", "relu_backward/relu_masks_by_the_gradient"),
    ("affine_backward/dw_and_db_averaged", "softmax_loss/dx_of_the_sum"),
    ("affine_backward/dw_is_dout_T_times_x", "tanh_backward/tanh_one_minus_t"),
    ("relu_backward/relu_passes_everything", "softmax_loss/y_minus_p"),
    ("sigmoid_backward/sigmoid_times_its_value", "softmax_backward/softmax_diagonal_only"),
    ("softmax_loss/jacobian_on_the_residual", "backprop/averages_once_more"),
    ("backprop/skips_layers_without_parameters", "softmax_loss/residual_times_two"),
]:
    pair("rows", first, second)

for first, second in [
    ("backward/last_edge_wins", "Value.tanh/tanh_one_minus_t"),
    ("backward/adds_to_the_call_before", "Value.log/log_slope_is_x"),
    ("backward_tree/tree_counts_nodes", "Value.relu/relu_slope_is_its_value"),
]:
    pair("expressions", first, second)

for first, second in [
    ("lstm_cell_backward/printed_parenthesis", "lstm_backward/da_prevt_forgotten"),
    ("lstm_cell_backward/dc_next_forgotten", "lstm_backward/divided_by_T"),
    ("lstm_cell_backward/biases_averaged", "lstm_forward/c_next_is_a_view_of_c"),
    ("gru_cell_backward/straight_way_forgotten", "lstm_backward/no_carry_at_all"),
]:
    pair("lstm", first, second)
