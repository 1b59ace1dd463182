package dev.fusebox.demo;

import java.awt.Color;

/** What the places look like; the pen brings the color of the roof, the sail or the flag. */
final class PlaceDrawing {

  private static final Color WALL = new Color(0xF1E3C6);
  private static final Color WOOD = new Color(0x8B5E3C);
  private static final Color LEAF = new Color(0x4C8C4A);
  private static final Color ROCK = new Color(0xA7A39B);
  private static final Color DARK = new Color(0x4A443F);

  private PlaceDrawing() {}

  static void draw(Place place, Pen pen) {
    switch (place) {
      case FARM -> farm(pen);
      case MINE -> mine(pen);
      case MILL -> mill(pen);
      case HARBOR -> harbor(pen);
      case FOREST -> forest(pen);
      case QUARRY -> quarry(pen);
      case ORCHARD -> orchard(pen);
      case BAKERY -> bakery(pen);
    }
  }

  private static void farm(Pen pen) {
    pen.in(WALL).box(0, 0.4, 0.7, 0.45);
    pen.polygon(-0.9, 0, -0.6, -0.5, 0, -0.8, 0.6, -0.5, 0.9, 0);
    pen.in(WOOD).box(0, 0.5, 0.28, 0.35);
    pen.line(-0.28, 0.15, 0.28, 0.85).line(0.28, 0.15, -0.28, 0.85);
  }

  private static void mine(Pen pen) {
    pen.in(ROCK).polygon(-0.98, 0.8, -0.5, -0.3, -0.1, -0.7, 0.4, -0.2, 0.98, 0.8);
    pen.in(DARK).polygon(-0.35, 0.8, -0.35, 0.3, 0, 0.1, 0.35, 0.3, 0.35, 0.8);
    pen.line(-0.1, -0.7, -0.1, -0.98);
    pen.polygon(-0.1, -0.98, 0.35, -0.85, -0.1, -0.7);
    pen.in(DARK).oval(0.62, 0.72, 0.16, 0.12);
  }

  private static void mill(Pen pen) {
    pen.in(WALL).polygon(-0.35, 0.9, -0.22, -0.2, 0.22, -0.2, 0.35, 0.9);
    pen.polygon(-0.35, -0.2, 0, -0.6, 0.35, -0.2);
    pen.in(WOOD).box(0, 0.72, 0.12, 0.18);
    pen.in(WALL).polygon(0, -0.25, 0.75, -0.8, 0.9, -0.6).polygon(0, -0.25, -0.75, 0.3, -0.9, 0.1);
    pen.in(WALL).polygon(0, -0.25, -0.5, -0.98, -0.7, -0.85);
    pen.in(WALL).polygon(0, -0.25, 0.5, 0.48, 0.7, 0.35);
  }

  private static void harbor(Pen pen) {
    pen.in(new Color(0x7FB6DB)).oval(0, 0.68, 0.95, 0.24);
    pen.in(WALL).polygon(-0.08, -0.9, -0.08, 0.1, -0.75, 0.1);
    pen.polygon(0.05, -0.75, 0.05, 0.1, 0.65, 0.1);
    pen.in(WOOD).polygon(-0.85, 0.25, 0.85, 0.25, 0.55, 0.68, -0.55, 0.68);
  }

  private static void forest(Pen pen) {
    fir(pen, -0.5, 0.1);
    fir(pen, 0.5, 0.1);
    fir(pen, 0, 0.35);
    pen.polygon(0.5, 0.65, 0.72, 0.3, 0.94, 0.65);
  }

  private static void fir(Pen pen, double x, double y) {
    pen.in(WOOD).box(x, y + 0.45, 0.08, 0.15);
    pen.in(LEAF).polygon(x - 0.42, y + 0.35, x, y - 0.35, x + 0.42, y + 0.35);
    pen.in(LEAF).polygon(x - 0.32, y - 0.1, x, y - 0.75, x + 0.32, y - 0.1);
  }

  private static void quarry(Pen pen) {
    pen.in(ROCK).box(-0.5, 0.55, 0.4, 0.28).box(0.35, 0.55, 0.4, 0.28).box(-0.08, 0, 0.4, 0.27);
    pen.in(WOOD).band(0.08, 0.15, -0.85, 0.75, 0.2);
    pen.polygon(-0.15, -0.75, 0.2, -0.98, 0.45, -0.75, 0.15, -0.65);
  }

  private static void orchard(Pen pen) {
    pen.in(WOOD).box(0, 0.6, 0.13, 0.32);
    pen.in(LEAF).oval(-0.35, 0, 0.45, 0.42).oval(0.35, 0, 0.45, 0.42).oval(0, -0.35, 0.5, 0.45);
    pen.oval(-0.4, -0.02, 0.13, 0.13).oval(0.38, 0.05, 0.13, 0.13);
    pen.oval(0, -0.45, 0.13, 0.13).oval(0.02, 0.1, 0.13, 0.13);
  }

  private static void bakery(Pen pen) {
    pen.in(WOOD).box(0.48, -0.55, 0.12, 0.3);
    pen.in(WALL).box(0, 0.4, 0.65, 0.48);
    pen.polygon(-0.85, -0.05, 0, -0.75, 0.85, -0.05);
    pen.in(new Color(0xD9A35B)).oval(0, 0.3, 0.36, 0.18);
    pen.line(-0.15, 0.2, -0.08, 0.38).line(0.02, 0.18, 0.09, 0.38);
    pen.in(WOOD).box(0, 0.72, 0.16, 0.16);
  }
}
