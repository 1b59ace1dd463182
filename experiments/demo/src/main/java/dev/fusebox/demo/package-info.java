/**
 * The default data: a small generated world of pictures and questions.
 *
 * <p>Two kinds of scenes, a meadow with animals and a map with places, are drawn, described in
 * words and turned into vectors; questions ask about them or about what everyone knows. All of it
 * is written in ScienceQA's own file layout, so that the demo goes through the same code as real
 * data. The world is built so that the outcome of an ablation is known: {@link
 * dev.fusebox.demo.Meadow} and {@link dev.fusebox.demo.Atlas} ask what only the picture tells,
 * {@link dev.fusebox.demo.Schoolbook} asks what needs no picture, captions tell a part of a scene,
 * and the {@link dev.fusebox.demo.Sight}s see more or less of it.
 *
 * <p>Every question is a pure function of the seed and its number: order, threads and the number of
 * questions change nothing in it.
 */
package dev.fusebox.demo;
