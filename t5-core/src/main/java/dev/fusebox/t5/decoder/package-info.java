/** The stack that writes: all positions at once in training, one at a time when generating. */
package dev.fusebox.t5.decoder;
