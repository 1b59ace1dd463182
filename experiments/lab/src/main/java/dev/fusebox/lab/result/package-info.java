/** The outcome of a run, and an ablation of such runs. */
package dev.fusebox.lab.result;
