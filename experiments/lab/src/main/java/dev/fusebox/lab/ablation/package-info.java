/** Ablations: variants of one recipe × seeds. */
package dev.fusebox.lab.ablation;
