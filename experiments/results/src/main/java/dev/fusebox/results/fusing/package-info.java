/**
 * Whether a model fuses at all: what its answers owe to the text, to the picture, and to the two
 * together. All figures are of one thing: the answers to the texts of some questions, each beside
 * the pictures of all of them ({@link dev.fusebox.results.fusing.CrossedAnswers}).
 */
package dev.fusebox.results.fusing;
