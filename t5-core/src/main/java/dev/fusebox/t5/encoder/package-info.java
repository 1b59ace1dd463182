/** The stack that reads. */
package dev.fusebox.t5.encoder;
