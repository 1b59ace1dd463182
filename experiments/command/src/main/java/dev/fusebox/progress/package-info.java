/** Progress of an ablation: two bars and permanent lines on a terminal, plain lines elsewhere. */
package dev.fusebox.progress;
