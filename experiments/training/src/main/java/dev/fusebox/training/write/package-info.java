/**
 * How a trained model writes: freely (generation), or each word after the gold ones (teacher
 * forcing).
 */
package dev.fusebox.training.write;
