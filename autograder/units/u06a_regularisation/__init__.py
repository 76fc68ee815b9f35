"""Unit 06a: what else touches gradients: a penalty, dropout, embeddings, clipping."""
