"""Letters: what goes wrong where words are read, drawn and trained on."""

from autograder.engine.diagnosis.misconception import Misconception

STEP = "10b, One letter"
WHO_PAYS = "10b, Who pays, and for what"
TRAINING = "10b, Training"
SAMPLING = "10b, Drawing a word"

NONE_IS_ALL_ONES = Misconception(
    "word-none-is-all-ones",
    unit="10b",
    title="the first x is a column of ones",
    computed="the loss of a network that reads every letter at once before the first one: x[None] "
    "= 1 writes into all entries of x, and NumPy objects to nothing",
    formula="x = 0 where X[t] is None, and else 0 with a single 1 at X[t]",
    ask="Print x at the first step. How many ones does it have?",
    section=STEP,
)

LAST_LETTER_ONLY = Misconception(
    "word-loss-last-letter",
    unit="10b",
    title="the loss of the last letter alone",
    computed="the loss of the last step, where L is the sum of the losses of all steps",
    formula="L = L_1 + ... + L_T",
    ask="Does your loop add to the loss, or does each step put its own in the place of what was "
    "there?",
    section=STEP,
)

STATE_NOT_CARRIED = Misconception(
    "word-state-not-carried",
    unit="10b",
    title="the state of the word is lost",
    computed="what belongs to another state than the one that came in, or the state of another "
    "step than the last one handed on",
    formula="the first step reads a_prev; what is handed on is the state after step T",
    ask="Call your function with two different a_prev. Do loss and gradients differ? And is the "
    "state that you return the one after the last letter?",
    section=STEP,
)

CLIP_BY_NORM = Misconception(
    "word-clip-by-norm",
    unit="10b",
    title="shortened as a whole, not entry by entry",
    computed="all arrays times one factor, so that their norm is maxValue at most; here each entry "
    "is bounded by itself",
    formula="each entry becomes maxValue where it is above it, -maxValue where it is below that",
    ask="Take an entry of 0.1 beside one of 100. What is it after your clip, and what should it "
    "be?",
    section=TRAINING,
)

CLIP_SCALES_EACH_ARRAY = Misconception(
    "word-clip-scales-each-array",
    unit="10b",
    title="an array is shortened as a whole, not entry by entry",
    computed="each array that came in times one number, so that entries which are in the range "
    "already become other ones",
    formula="each entry becomes maxValue where it is above it, -maxValue where it is below that, "
    "and else stays",
    ask="Take dby = [[8], [1]] and maxValue of 4. The 8 becomes 4. What becomes of the 1, in your "
    "line and by the contract?",
    section=TRAINING,
)

NOT_CLIPPED = Misconception(
    "word-not-clipped",
    unit="10b",
    title="the step uses the gradient as it was",
    computed="gradients with entries beyond the bound: what clip returned is not what is used",
    formula="W becomes W - learning_rate dW, with dW clipped",
    ask="clip returns a new dict. Which of your names holds it, and which one does the update "
    "read?",
    section=TRAINING,
)

UPDATE_LOST = Misconception(
    "word-update-lost",
    unit="10b",
    title="the new parameters go nowhere",
    computed="the right loss and gradients, and parameters that are what they were: the new ones "
    "have names, or stand in a dict, that end with the function",
    formula="the new W is written into the dict parameters that came in",
    ask="After your function, what does the caller's dict hold? Is it the one you wrote into?",
    section=TRAINING,
)

PARAMETER_LEFT_OUT = Misconception(
    "word-parameter-left-out",
    unit="10b",
    title="a parameter is not trained",
    computed="a step of some of the five parameters; the others stay where they were",
    formula="W becomes W - learning_rate dW, for Wax, Waa, b, Wya and by",
    ask="Which keys does parameters have, and which of them does your update write?",
    section=TRAINING,
)

SAMPLE_ARGMAX = Misconception(
    "sample-argmax",
    unit="10b",
    title="the most probable letter, every time",
    computed="the letter with the largest probability, where one is drawn: the network has one "
    "word, whatever the seed is",
    formula="idx is drawn, letter k with the probability p_k",
    ask="A letter has the probability 0.25. In how many of 100 words does it stand first in yours?",
    section=SAMPLING,
)

SAMPLE_PROBABILITIES_IGNORED = Misconception(
    "sample-probabilities-ignored",
    unit="10b",
    title="every letter is drawn equally often",
    computed="letters that are drawn without the probabilities of the network",
    formula="idx is drawn, letter k with the probability p_k: choice(V, p=...)",
    ask="Which argument of choice holds the probabilities, and what does it draw without it?",
    section=SAMPLING,
)

SAMPLE_SAME_DRAW = Misconception(
    "sample-same-draw",
    unit="10b",
    title="the generator begins anew at every letter",
    computed="letters that are all made from one and the same random number: a generator that is "
    "seeded inside the loop gives its first number again and again",
    formula="the generator is made once, before the loop",
    ask="Print the random number behind each letter. Are two of one word different?",
    section=SAMPLING,
)

SAMPLE_LETTER_NOT_FED_BACK = Misconception(
    "sample-letter-not-fed-back",
    unit="10b",
    title="the network does not read what it wrote",
    computed="a word whose every letter is drawn as if nothing had been written: x stays what it "
    "was at the first step",
    formula="after each draw x is zero but for a 1 at idx",
    ask="Print x at the second step. Which letter does it hold?",
    section=SAMPLING,
)

SAMPLE_LETTERS_PILE_UP = Misconception(
    "sample-letters-pile-up",
    unit="10b",
    title="letters that were drawn before are still in x",
    computed="a word whose third letter, and every later one, is drawn with several ones in x: the "
    "letter that is read and those before it",
    formula="after each draw x is zero but for a 1 at idx",
    ask="Print x.sum() at each step of one word. Which line sets the old 1 to zero?",
    section=SAMPLING,
)

SAMPLE_NO_LETTER_WHOLE = Misconception(
    "sample-no-letter-whole",
    unit="10b",
    title="no entry of the next x is 1",
    computed="a word whose letters are all drawn as the first one is, where the first one was "
    "drawn by chance: what comes in as x is no single 1, but something smaller",
    formula="after each draw x is zero but for a 1 at idx",
    ask="Print x at the second step. Are these the probabilities, or a letter?",
    section=SAMPLING,
)

SAMPLE_STATE_FORGOTTEN = Misconception(
    "sample-state-forgotten",
    unit="10b",
    title="every letter starts from the first state",
    computed="a word whose every letter is drawn with the state of the beginning: a_prev is never "
    "replaced",
    formula="after each step a_prev is the new a",
    ask="Which line of your loop writes a_prev?",
    section=SAMPLING,
)

SAMPLE_NEWLINE_LEFT_OUT = Misconception(
    "sample-newline-left-out",
    unit="10b",
    title="the newline is not in the list",
    computed="the letters of the word without the newline that ended it",
    formula="indices = [first letter, ..., last letter, newline]",
    ask="Does your loop append before it looks whether the word has ended, or after?",
    section=SAMPLING,
)
