/**
 * Questions to trained runs: a run is opened once ({@link dev.fusebox.ask.OpenedRuns}) and gives a
 * typed {@link dev.fusebox.ask.Answer} to any {@link dev.fusebox.ask.Asking}, a question from the
 * data, a changed one, or a new one.
 */
package dev.fusebox.ask;
