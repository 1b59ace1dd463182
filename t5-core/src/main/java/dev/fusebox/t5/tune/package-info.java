/**
 * Ways to tune a large model by few numbers: low-rank sums (LoRA), factors (IA³), vectors before
 * the text (prompt tuning); and the files in which the peft library keeps them.
 */
package dev.fusebox.t5.tune;
