/**
 * The tensor ground: the only place that touches the engine.
 *
 * <ul>
 *   <li>{@link dev.fusebox.tensor.Ops}: tensor maths, fused, safe for gradients;
 *   <li>{@link dev.fusebox.tensor.Parameters}: Hugging Face name to array;
 *   <li>{@link dev.fusebox.tensor.Step}: who owns the arrays of one step, and whether a graph is
 *       recorded;
 *   <li>{@link dev.fusebox.tensor.TorchScript}: how a module brings fused operators of its own; one
 *       Java class, the script's face, knows them by name.
 * </ul>
 *
 * <p>Model code calls no {@code Number} overload of {@code NDArray}: the engine frees such a scalar
 * before the backward pass reads it, and the gradient is silently wrong. {@code docs/footguns.md}
 * has the list.
 */
package dev.fusebox.tensor;
