/** Questions asked of many runs: variants of one recipe, times seeds. */
package dev.fusebox.lab.ablation;
