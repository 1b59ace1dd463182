package dev.fusebox.demo;

import java.awt.Color;
import java.util.Locale;

/** The colors of things. */
enum Hue {
  RED(0xD94A4A),
  ORANGE(0xF08A34),
  YELLOW(0xF5CF45),
  GREEN(0x3F9B57),
  BLUE(0x3F74C7),
  PURPLE(0x8A56B5),
  WHITE(0xF7F4EC),
  BLACK(0x3A3A42);

  private final Color paint;

  Hue(int rgb) {
    paint = new Color(rgb);
  }

  Color paint() {
    return paint;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
