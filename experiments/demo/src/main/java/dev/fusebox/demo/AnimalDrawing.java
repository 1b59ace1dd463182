package dev.fusebox.demo;

import java.awt.Color;

/** What the animals look like; the pen brings the color. */
final class AnimalDrawing {

  private static final Color BEAK = new Color(0xE9A23B);
  private static final Color CREAM = new Color(0xF3E7CF);

  private AnimalDrawing() {}

  static void draw(Animal animal, Pen pen) {
    switch (animal) {
      case FISH -> fish(pen);
      case DUCK -> duck(pen);
      case OWL -> owl(pen);
      case FROG -> frog(pen);
      case BUTTERFLY -> butterfly(pen);
      case BEETLE -> beetle(pen);
      case CAT -> cat(pen);
      case MOUSE -> mouse(pen);
      case TURTLE -> turtle(pen);
      case SNAKE -> snake(pen);
    }
  }

  private static void fish(Pen pen) {
    pen.shade().polygon(0.45, 0, 0.98, -0.5, 0.85, 0, 0.98, 0.5);
    pen.shade().polygon(-0.2, -0.4, 0.25, -0.75, 0.3, -0.3);
    pen.oval(-0.15, 0, 0.75, 0.48).eye(-0.5, -0.12).line(-0.85, 0.18, -0.65, 0.22);
    pen.line(-0.2, -0.28, -0.1, 0, -0.2, 0.28);
  }

  private static void duck(Pen pen) {
    pen.in(BEAK).polygon(-0.6, -0.5, -0.98, -0.38, -0.6, -0.28);
    pen.polygon(0.55, 0.1, 0.98, -0.2, 0.8, 0.4);
    pen.oval(0.12, 0.35, 0.72, 0.45).oval(-0.38, -0.42, 0.36, 0.36);
    pen.shade().oval(0.22, 0.32, 0.38, 0.22);
    pen.eye(-0.45, -0.5);
  }

  private static void owl(Pen pen) {
    pen.polygon(-0.55, -0.4, -0.55, -0.95, -0.15, -0.65);
    pen.polygon(0.55, -0.4, 0.55, -0.95, 0.15, -0.65);
    pen.oval(0, 0.15, 0.62, 0.8);
    pen.shade().oval(-0.55, 0.25, 0.18, 0.5).oval(0.55, 0.25, 0.18, 0.5);
    pen.in(CREAM).oval(-0.26, -0.25, 0.26, 0.26).oval(0.26, -0.25, 0.26, 0.26);
    pen.dot(-0.26, -0.25, 0.11).dot(0.26, -0.25, 0.11);
    pen.in(BEAK).polygon(-0.12, -0.05, 0.12, -0.05, 0, 0.2);
  }

  private static void frog(Pen pen) {
    pen.shade().oval(-0.68, 0.55, 0.28, 0.3).oval(0.68, 0.55, 0.28, 0.3);
    pen.oval(-0.4, -0.5, 0.27, 0.27).oval(0.4, -0.5, 0.27, 0.27);
    pen.oval(0, 0.15, 0.78, 0.6).eye(-0.4, -0.52).eye(0.4, -0.52);
    pen.line(-0.45, 0.2, -0.2, 0.36, 0.2, 0.36, 0.45, 0.2);
  }

  private static void butterfly(Pen pen) {
    pen.oval(-0.5, -0.35, 0.45, 0.48).oval(0.5, -0.35, 0.45, 0.48);
    pen.shade().oval(-0.38, 0.45, 0.34, 0.38).oval(0.38, 0.45, 0.34, 0.38);
    pen.in(CREAM).oval(-0.5, -0.38, 0.15, 0.17).oval(0.5, -0.38, 0.15, 0.17);
    pen.in(Color.DARK_GRAY).oval(0, 0.05, 0.1, 0.6);
    pen.line(0, -0.55, -0.25, -0.95).line(0, -0.55, 0.25, -0.95);
  }

  private static void beetle(Pen pen) {
    pen.line(-0.6, -0.1, -0.95, -0.4).line(-0.65, 0.25, -0.98, 0.25).line(-0.6, 0.5, -0.9, 0.85);
    pen.line(0.6, -0.1, 0.95, -0.4).line(0.65, 0.25, 0.98, 0.25).line(0.6, 0.5, 0.9, 0.85);
    pen.line(-0.15, -0.7, -0.4, -0.98).line(0.15, -0.7, 0.4, -0.98);
    pen.in(Color.DARK_GRAY).oval(0, -0.5, 0.35, 0.3);
    pen.oval(0, 0.22, 0.68, 0.68).line(0, -0.45, 0, 0.88);
    pen.dot(-0.32, 0, 0.11).dot(0.32, 0, 0.11).dot(-0.32, 0.45, 0.11).dot(0.32, 0.45, 0.11);
  }

  private static void cat(Pen pen) {
    pen.band(0.16, 0.5, 0.8, 0.9, 0.6, 0.85, 0.2);
    pen.oval(0, 0.5, 0.55, 0.45);
    pen.polygon(-0.55, -0.3, -0.5, -0.95, -0.1, -0.6);
    pen.polygon(0.55, -0.3, 0.5, -0.95, 0.1, -0.6);
    pen.oval(0, -0.25, 0.58, 0.48).eye(-0.22, -0.32).eye(0.22, -0.32);
    pen.dot(0, -0.1, 0.07).line(-0.3, -0.02, -0.8, 0.05).line(0.3, -0.02, 0.8, 0.05);
  }

  private static void mouse(Pen pen) {
    pen.band(0.05, 0.6, 0.5, 0.85, 0.3, 0.95, -0.2);
    pen.oval(0.15, 0.3, 0.6, 0.42);
    pen.shade().oval(-0.15, -0.35, 0.3, 0.3);
    pen.polygon(-0.98, 0.4, -0.45, -0.15, -0.05, 0.2, -0.2, 0.6);
    pen.shade().oval(-0.35, -0.3, 0.27, 0.27);
    pen.eye(-0.5, 0.15).dot(-0.95, 0.4, 0.08);
  }

  private static void turtle(Pen pen) {
    pen.shade().oval(-0.75, -0.02, 0.25, 0.22).oval(-0.4, 0.55, 0.18, 0.22);
    pen.shade().oval(0.4, 0.55, 0.18, 0.22).polygon(0.65, 0.3, 0.98, 0.42, 0.65, 0.5);
    pen.oval(0.08, 0.1, 0.68, 0.5);
    pen.shade().polygon(-0.2, 0.1, 0.08, -0.2, 0.38, 0.1, 0.08, 0.4);
    pen.eye(-0.82, -0.06);
  }

  private static void snake(Pen pen) {
    pen.in(new Color(0xC0392B)).band(0.02, -0.8, -0.55, -0.98, -0.5);
    pen.band(0.26, 0.85, 0.65, 0.5, 0.4, 0.2, 0.7, -0.15, 0.7, -0.3, 0.35, -0.05, 0.05);
    pen.band(0.26, -0.05, 0.05, 0.15, -0.25, -0.05, -0.55, -0.45, -0.6);
    pen.oval(-0.5, -0.6, 0.3, 0.22).eye(-0.55, -0.64);
  }
}
