"""Long sequences: borders between chunks, and where to clip."""

from autograder.engine.diagnosis.misconception import Misconception

HIDDEN_STATE_CARRY = Misconception(
    "hidden-state-carry",
    unit="08",
    title="the border between two chunks",
    computed="a gradient in which not the state alone passes the borders between chunks: at a "
    "border the state goes on, and its derivative does not",
    formula="next chunk: a0 = last state (its value); in the backward loop: da_prevt = 0 at the "
    "border",
    ask="What passes the border on the way forward in your code, and what on the way back?",
    section="08, Value carried, gradient cut",
)

CHUNK_BORDERS_MOVED = Misconception(
    "chunk-borders-moved",
    unit="08",
    title="the borders stand at other steps",
    computed="the gradient in which the derivative is cut at other steps than after k, 2k, ...: "
    "your chunks are other ones than the contract's",
    formula="da_prevt = 0 before the cells of the steps k, 2k, ... (steps counted from 1)",
    ask="For T = 7 and k = 3 the chunks are the steps 1 to 3, 4 to 6, and 7. In which rounds of "
    "your loop is da_prevt set to zero?",
    section="08, Value carried, gradient cut",
)

CHUNKS_OVERLAP = Misconception(
    "chunks-overlap",
    unit="08",
    title="two chunks share a step",
    computed="a result in which a step next to a border belongs to two chunks and counts twice",
    formula="the chunk from `start` on: the steps start, ..., start + k - 1 (counted from 0), as "
    "far as there are any",
    ask="Write down the steps of your chunks for T = 4 and k = 2. Does one stand there twice?",
    section="08, Value carried, gradient cut",
)

CHUNK_INCOMPLETE = Misconception(
    "chunk-incomplete",
    unit="08",
    title="a chunk lacks a step",
    computed="a result to which some steps of the sequence give nothing: no chunk holds them",
    formula="the chunk from `start` on: the steps start, ..., start + k - 1 (counted from 0), as "
    "far as there are any; the last chunk may be shorter",
    ask="Write down the steps of your chunks for T = 7 and k = 3. Which of the seven is missing?",
    section="08, Value carried, gradient cut",
)

RATE_LEFT_OUT = Misconception(
    "rate-left-out",
    unit="08",
    title="the learning rate is missing",
    computed="a step of the whole clipped gradient: learning_rate is no factor of it",
    formula="parameter - learning_rate * factor * gradient",
    ask="With learning_rate = 0 no parameter may move. Which of your lines reads learning_rate?",
    section="08, Where clipping belongs",
)

CLIP_OTHER_NORM = Misconception(
    "clip-other-norm",
    unit="08",
    title="another length than the norm",
    computed="an update in the right direction, of another length than the norm of all three "
    "gradients gives",
    formula="norm = sqrt(sum of the squares of all entries of dWax, dWaa and dba); "
    "factor min(1, max_norm / norm)",
    ask="Work out the norm of dWax = [[3]], dWaa = [[4]], dba = [[0]] by hand. What is your "
    "length, and what is your factor if it is shorter than max_norm?",
    section="08, Where clipping belongs",
)
