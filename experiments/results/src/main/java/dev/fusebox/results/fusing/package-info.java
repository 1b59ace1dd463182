/**
 * Whether a model fuses at all: how much its answers owe to the text, to the picture, and to their
 * interaction. All metrics are computed from the same answers: to the texts of some questions, each
 * paired with the pictures of all of them ({@link dev.fusebox.results.fusing.CrossedAnswers}).
 */
package dev.fusebox.results.fusing;
