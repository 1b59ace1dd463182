/**
 * Questions to trained runs: a run is opened once ({@link dev.fusebox.ask.OpenedRuns}) and gives a
 * typed {@link dev.fusebox.ask.Answer} to any {@link dev.fusebox.ask.Asking}, one of the data, one
 * that was changed, or one that was made up.
 */
package dev.fusebox.ask;
