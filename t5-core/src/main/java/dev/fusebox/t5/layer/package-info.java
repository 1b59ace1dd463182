/** The position-wise parts of T5, and the door to its fused sub-layers. */
package dev.fusebox.t5.layer;
