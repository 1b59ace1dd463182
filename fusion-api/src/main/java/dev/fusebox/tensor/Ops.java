package dev.fusebox.tensor;

/** x. */
public final class Ops {}
