package dev.fusebox.demo;

import java.util.Locale;

/** The places of the map and what people get from each. */
enum Place implements Figure {
  FARM("wheat"),
  MINE("coal"),
  MILL("flour"),
  HARBOR("seafood"),
  FOREST("wood"),
  QUARRY("stone"),
  ORCHARD("apples"),
  BAKERY("bread");

  private final String good;

  Place(String good) {
    this.good = good;
  }

  /** What people get from there. */
  String good() {
    return good;
  }

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
