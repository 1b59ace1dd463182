/** T5's attention: no scaling, no biases, relative positions. */
package dev.fusebox.t5.attention;
