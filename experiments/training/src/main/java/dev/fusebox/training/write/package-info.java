/** How a trained model writes: freely, or each word after the gold ones. */
package dev.fusebox.training.write;
