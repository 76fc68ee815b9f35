"""Convolution and pooling: one weight at many places, windows that overlap, a border, a winner."""

from autograder.engine.diagnosis.misconception import Misconception

_SHARED = "13, Four numbers, two weights"
_BACK = "13, Back to x"
_PLANES = "13, Images, channels, filters"
_BORDER = "13, Stride and border"
_POOL = "13, The winner takes it"
_COLUMNS = "13, The windows as columns"

CONV_BORDER_NOT_CUT = Misconception(
    "conv-border-not-cut",
    unit="13",
    title="the border is still on dx",
    computed="the gradient of the image with its border of zeros: right, but x has no border",
    formula="dx = dx_pad[:, :, pad : pad + H, pad : pad + W]",
    ask="x has H rows. How many has your dx, and which of them belong to zeros that nobody gave?",
    section=_BORDER,
)

CONV_BORDER_WRONG_SIDE = Misconception(
    "conv-border-wrong-side",
    unit="13",
    title="the border is cut away at another place",
    computed="a dx that is not, for every pad, the part of dx_pad at which x stands in x_pad",
    formula="dx = dx_pad[:, :, pad : pad + H, pad : pad + W]",
    ask="In which row of the image with its border does the first row of x stand? And where does a "
    "slice that ends at -pad end if pad is 0?",
    section=_BORDER,
)

CONV_BORDER_ON_ALL_AXES = Misconception(
    "conv-border-on-all-axes",
    unit="13",
    title="the border goes round every axis",
    computed="what belongs to images with zeros before the first image or channel too, as "
    "np.pad(x, pad) puts them round all four axes",
    formula="x_pad has the shape (N, C, H + 2 pad, W + 2 pad)",
    ask="Print x.shape and x_pad.shape. Which axes have grown, and what stands in x_pad[0, 0]?",
    section=_BORDER,
)

CONV_OVERWRITTEN = Misconception(
    "conv-overwritten",
    unit="13",
    title="later contributions replace earlier ones",
    computed="the gradient of a layer in which a number is used at a few of its places alone: "
    "what was written last has replaced the rest",
    formula="dx_pad[window] += ..., dw[f] += ..., db[f] += ..., each from zeros",
    ask="How many windows does one pixel stand in? What do you find of the earlier ones after the "
    "last one was written?",
    section=_BACK,
)

CONV_KERNEL_FLIPPED = Misconception(
    "conv-kernel-flipped",
    unit="13",
    title="the kernel is turned round, or should have been",
    computed="the gradient of a layer whose kernel is turned by half a turn, w[:, :, ::-1, ::-1]",
    formula="window by window dx_pad takes w as it is; a sliding window over dout takes w turned",
    ask="Which weight met the pixel to the right of the window's corner on the way forward? Which "
    "one brings its gradient back?",
    section=_BACK,
)

CONV_STRIDE_LEFT_OUT = Misconception(
    "conv-stride-left-out",
    unit="13",
    title="the window's place lacks the stride",
    computed="the gradient of a layer whose window moves by one pixel",
    formula="the window of place (i, j) begins in row i * stride, column j * stride",
    ask="With stride 2, in which row does the window of i = 3 begin, on the way forward and on the "
    "way back?",
    section=_BORDER,
)

CONV_LAST_IMAGE = Misconception(
    "conv-last-image",
    unit="13",
    title="one image alone",
    computed="the gradient of the last image alone: each image replaced what the one before had "
    "left",
    formula="dw and db are sums over n, i and j",
    ask="All N images meet the same w. Where in your loop over n are their gradients added up?",
    section=_PLANES,
)

CONV_ONE_FILTER = Misconception(
    "conv-one-filter",
    unit="13",
    title="one filter stands for all",
    computed="the gradient of a layer in which one filter takes the place of the others",
    formula="filter f: dw[f] meets dout[:, f]; dx_pad gets a term from each f, w[f] * dout[:, f]",
    ask="Print the index f wherever w and dout stand in your line. Is it the same f, and does dx "
    "get a term from each?",
    section=_PLANES,
)

CONV_LAST_FILTER = Misconception(
    "conv-last-filter",
    unit="13",
    title="dx hears one filter alone",
    computed="the gradient of a layer whose other filters are silent: dx has the terms of one "
    "filter",
    formula="dx_pad gets a term from each f, w[f] * dout[:, f]",
    ask="Inside which of your loops does the line of dx_pad stand? With two filters, which term "
    "does each of them bring to dx_pad?",
    section=_PLANES,
)

CONV_COLUMN_ORDER = Misconception(
    "conv-column-order",
    unit="13",
    title="the rows of cols are read in another order",
    computed="the gradient of columns in which channel, row and column of the window change roles",
    formula="row (c * HH + h) * WW + w",
    ask="Number the entries of one window, channel by channel. Which number has channel 1, row 0, "
    "column 0?",
    section=_COLUMNS,
)

CONV_PLACE_ORDER = Misconception(
    "conv-place-order",
    unit="13",
    title="the places of the window are read in another order",
    computed="the gradient of columns in which i and j of the window's place (i, j) change roles",
    formula="column i * W' + j belongs to the place (i, j)",
    ask="Number the places of the window, row by row. Which number has the place (1, 0), and which "
    "of i and j counts faster?",
    section=_COLUMNS,
)

POOL_WHOLE_WINDOW = Misconception(
    "pool-whole-window",
    unit="13",
    title="the whole window gets what is the winner's",
    computed="the gradient of another pooling: of the sum, or the mean, of each window",
    formula="dx gets dout[n, c, i, j] at the largest entry of the window, and 0 at the others",
    ask="Move an entry that is not the largest by a little. Does the maximum move?",
    section=_POOL,
)

POOL_PLACE_IN_WINDOW = Misconception(
    "pool-place-in-window",
    unit="13",
    title="a place in the window is taken for one in the image",
    computed="a dx in which everything lands in the upper left corner of the image, each number of "
    "dout at the place that the winner has in its own window",
    formula="row i * stride + h, column j * stride + w, for the winner's place (h, w)",
    ask="np.argmax counts inside the window. What has to be added to be in the image?",
    section=_POOL,
)

POOL_ONE_MAXIMUM = Misconception(
    "pool-one-maximum",
    unit="13",
    title="one largest number for several images or channels",
    computed="the gradient of a pooling in which the windows of several images or channels have "
    "one largest number among them",
    formula="the largest entry is that of window n, c, i, j: a maximum over its rows and columns",
    ask="How many numbers does your maximum give at one place (i, j), and how many windows are "
    "there? np.max without axis gives one, whatever the shape.",
    section=_POOL,
)

POOL_SIDE_BY_SIDE = Misconception(
    "pool-side-by-side",
    unit="13",
    title="the windows step by their size, not by the stride",
    computed="what belongs to windows that begin in row i * pool_height and column j * pool_width",
    formula="the window of place (i, j) begins in row i * stride, column j * stride",
    ask="With a window of 3 and stride 2, in which row does the window of i = 1 begin? And yours?",
    section=_BORDER,
)

WINDOWS_AVERAGED = Misconception(
    "windows-averaged",
    unit="13",
    title="where windows meet, their terms are averaged",
    computed="a gradient in which a pixel gets the mean of what its windows bring: half of the sum "
    "where two of them meet, a quarter where four do",
    formula="dx_pad[window] += the column of dcols, and no division: dx is the gradient of the "
    "columns, not an inverse of them",
    ask="x stands in two windows, and both lead to J. Is dJ/dx what the two bring, or half of it?",
    section=_COLUMNS,
)
