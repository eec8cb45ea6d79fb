"""The reader: understands a question and finds its answer in evidence sentences, without a language model."""
