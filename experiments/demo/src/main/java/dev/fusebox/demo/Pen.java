package dev.fusebox.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Draws one thing: coordinates run from -1 to 1 over its box, x to the right and y down; every
 * shape gets a dark outline, so that any color shows on any ground.
 */
final class Pen {

  private static final Color INK = new Color(0x33312E);
  private static final float LINE = 0.09f;

  private final Graphics2D canvas;
  private final Color color;

  private Pen(Graphics2D canvas, Color color) {
    this.canvas = canvas;
    this.color = color;
  }

  /**
   * A pen for a box; the canvas itself stays as it is.
   *
   * @param x middle of the box on the canvas
   * @param y middle of the box on the canvas
   * @param half half its side
   */
  static Pen at(Graphics2D canvas, double x, double y, double half, Color color) {
    Graphics2D box = (Graphics2D) canvas.create();
    box.translate(x, y);
    box.scale(half, half);
    box.setStroke(new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    return new Pen(box, color);
  }

  /** The same pen with another color. */
  Pen in(Color other) {
    return new Pen(canvas, other);
  }

  /** The same pen, its color a little darker. */
  Pen shade() {
    float[] parts = Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null);
    return in(Color.getHSBColor(parts[0], parts[1], parts[2] * 0.8f));
  }

  Pen oval(double x, double y, double halfWidth, double halfHeight) {
    return fill(new Ellipse2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight));
  }

  Pen box(double x, double y, double halfWidth, double halfHeight) {
    return fill(
        new Rectangle2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight));
  }

  /** A filled polygon: x and y of each corner in turn. */
  Pen polygon(double... corners) {
    Path2D path = path(corners);
    path.closePath();
    return fill(path);
  }

  /** A thick band through the points, rounded at each. */
  Pen band(double thickness, double... points) {
    stroke(thickness + 2 * LINE, INK, points);
    stroke(thickness, color, points);
    return this;
  }

  /** A line of ink. */
  Pen line(double... points) {
    stroke(LINE, INK, points);
    return this;
  }

  /** A white eye with a pupil. */
  Pen eye(double x, double y) {
    in(Color.WHITE).oval(x, y, 0.14, 0.14);
    return dot(x, y, 0.06);
  }

  /** A dot of ink. */
  Pen dot(double x, double y, double radius) {
    canvas.setColor(INK);
    canvas.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    return this;
  }

  private void stroke(double thickness, Color with, double... points) {
    Graphics2D brush = (Graphics2D) canvas.create();
    brush.setStroke(
        new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    brush.setColor(with);
    brush.draw(path(points));
    brush.dispose();
  }

  private Pen fill(Shape shape) {
    canvas.setColor(color);
    canvas.fill(shape);
    canvas.setColor(INK);
    canvas.draw(shape);
    return this;
  }

  private static Path2D path(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    return path;
  }
}
