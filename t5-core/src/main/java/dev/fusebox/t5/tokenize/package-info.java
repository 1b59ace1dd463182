/**
 * Text to token ids and back, with the ids T5 was trained on: {@link
 * dev.fusebox.t5.tokenize.Tokenizers} opens the tokenizer of a checkpoint directory.
 */
package dev.fusebox.t5.tokenize;
