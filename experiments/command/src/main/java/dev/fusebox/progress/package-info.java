/**
 * How an ablation is shown while it runs: two bars and lines that stay on a terminal, plain lines
 * elsewhere.
 */
package dev.fusebox.progress;
