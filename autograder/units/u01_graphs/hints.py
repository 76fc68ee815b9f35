"""Hints for unit 01."""

from autograder.engine.hints import Hints

FAMILIES = ()
HINTS = {
    "Value": Hints(
        "What must a node remember, so that it can hand its gradient to its operands later?",
        "Take x = 2, y = 5. The product holds 2·5 = 10, with slope 5 towards x and slope 2 "
        "towards y. The sum holds 2 + 5 = 7, with slopes 1 and 1. Every new node has the gradient "
        "0.",
        "slopes: for x + y 1 and 1; for x y towards x it is y, towards y it is x; for t = tanh x "
        "1 - t²; for exp x exp x; for log x 1/x; for ReLU 1 where x > 0, else 0",
    ),
    "count_paths": Hints(
        "If you know how many ways lead down from each operand, how many lead down from the node?",
        "Take b = a + a and c = b + b. From b there are 1 + 1 = 2 ways down to a, and from c 2 + "
        "2 = 4.",
        "paths(root) = Σ paths(operand), an operand that is used twice counted twice; paths(node) "
        "= 1 for the node that is looked for",
    ),
    "backward_tree": Hints(
        "What do you carry with you on one path, and what is done with it at each node you meet?",
        "Take b = 3, q = b·b and c = q + b. Three paths from c reach b, with the products 1·3 = "
        "3, 1·3 = 3 and 1: the gradient is 3 + 3 + 1 = 7. Visits: c, q, and b three times, 1 + 1 "
        "+ 3 = 5.",
        "the gradient of v is Σ over the paths from the root to v of the product of their slopes",
    ),
    "topo_order": Hints(
        "Who has to stand in the list before a node may? And how do you know that a node stands "
        "there already?",
        "Take b = a·a, q = b·b and c = q + b. c waits for q, q for b, b for a. The list is a, b, "
        "q, c: the second b of q and the b of c are in it by then, so 4 nodes and not 7.",
        "each operand before its users, and each node once",
    ),
    "backward": Hints(
        "When is the gradient of a node complete? In which order do you visit, so that no node "
        "hands on what is not complete?",
        "Take b = 3, q = b·b and c = q + b. c has 1, q gets 1·1 = 1, and b gets three "
        "contributions, 3·1 + 3·1 + 1·1 = 7. Three nodes, 3 visits.",
        "the gradient of v is Σ over its users of slope · gradient of the user; that of the root "
        "is 1; each pass starts from 0",
    ),
    "answers_01": Hints(
        "Which nodes hold the right number, and below which node does it go wrong? Is it too "
        "small, a multiple, or another number altogether?",
        "Take b = 3, q = b·b. The gradient of b is 3 + 3 = 6. If the last contribution wipes out "
        "the first it is 3; if q fires twice it is 2·6 = 12; after a second pass without zeros it "
        "is 6 + 2·6 = 18, as q holds 2 by then. With x = 2, y = 5 a product that takes a factor "
        "for its own slope hands 2 to x where 5 belongs.",
        "gradient of v = Σ over users of slope · gradient of the user: a term is missing, a term "
        "is there twice, or a slope is another one",
    ),
}
