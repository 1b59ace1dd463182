/**
 * Tensors: the only package that uses the engine directly.
 *
 * <ul>
 *   <li>{@link dev.fusebox.tensor.Ops}: tensor maths, fused, safe for gradients;
 *   <li>{@link dev.fusebox.tensor.Parameters}: parameters by their Hugging Face names;
 *   <li>{@link dev.fusebox.tensor.Step}: who owns the arrays of one step, and whether a graph is
 *       recorded;
 *   <li>{@link dev.fusebox.tensor.TorchScript}: fused operators of a module; one Java class, the
 *       script's face, knows them by name.
 * </ul>
 *
 * <p>Model code calls no {@code Number} overload of {@code NDArray}: the engine frees such a scalar
 * before the backward pass reads it, and the gradient is silently wrong. {@code docs/footguns.md}
 * has the list.
 */
package dev.fusebox.tensor;
