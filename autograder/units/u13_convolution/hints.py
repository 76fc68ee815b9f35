"""Hints for unit 13."""

from autograder.engine.hints import Hints

FAMILIES = ("conv", "pool", "columns-of-windows")
HINTS = {
    "conv_forward_naive": Hints(
        "In which row of the image with its border does the window of place (i, j) begin, and how "
        "many numbers does one sum add up?",
        "Take x = [1, 2, 3], one row of one channel, w = [4, 5], b = 1, stride 1, no border. Then "
        "4·1 + 5·2 + 1 = 15 and 4·2 + 5·3 + 1 = 24 are the two numbers of out.",
        "out[n, f, i, j] = Σ over c, h, k of w[f, c, h, k] * x_pad[n, c, i*stride + h, j*stride + "
        "k] + b[f]",
    ),
    "conv_backward_naive": Hints(
        "One number of out reads a window, a filter and a bias. What does it give back to each, "
        "and who else gives something to the same pixel?",
        "Take x = [1, 2, 3], w = [4, 5], stride 1, no border, dout = [10, 1]. Then 10·1 + 1·2 = 12 "
        "and 10·2 + 1·3 = 23 are dw; dx is 10·4 = 40, 10·5 + 1·4 = 54 and 1·5 = 5.",
    ),
    "max_pool_forward_naive": Hints(
        "Over which of the four axes does a window reach, and which are left as they are?",
        "Take one row x = [1, 4, 2, 3], windows of two, stride 2. There are 1 + (4 - 2) / 2 = 2 "
        "windows. The largest of 1 and 4 is 4, of 2 and 3 it is 3.",
        "out[n, c, i, j] = the largest of x[n, c, i*stride + h, j*stride + k] over h and k",
    ),
    "max_pool_backward_naive": Hints(
        "Which entry of a window moves the maximum? What if one entry wins two windows?",
        "Take one row x = [1, 4, 2], windows of two, stride 1, dout = [10, 1]. The 4 wins both "
        "windows and gets 10 + 1 = 11, the others get 0.",
    ),
    "col2im": Hints(
        "Into how many columns was one pixel copied, and what comes back from each copy?",
        "Take three pixels in a row, windows of two, stride 1, no border, dcols = [[1, 2], [10, "
        "20]]. The columns are the windows, (1, 10) and (2, 20), so dx is 1, 10 + 2 = 12 and 20.",
    ),
    "answers_13": Hints(
        "Which entries of dx stand in one window alone? Which suspects leave them right?",
        "Take windows of two at places 0 and 1, w = [4, 5], dout = [10, 1]. The middle pixel gets "
        "10·5 + 1·4 = 54; the last window alone gives 1·4 = 4; the kernel turned gives 10·4 + 1·5 "
        "= 45.",
        "what is written over loses a term where windows overlap, and nowhere else; a turned "
        "kernel exchanges the weights of all",
    ),
}
