package dev.fusebox.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws a scene for people. No letters of a font are used: fonts differ between machines. */
final class ScenePainter {

  private static final double THING = 0.145; // half the side of a thing's box, in picture widths
  private static final Color LAND = new Color(0xDCE3B4);
  private static final Color INK = new Color(0x5B5A52);

  private final int side;

  /** Pictures of this many pixels a side. */
  ScenePainter(int side) {
    this.side = side;
  }

  BufferedImage paint(Scene scene) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    canvas.scale(side, side);
    switch (scene.ground()) {
      case MEADOW -> meadow(canvas);
      case MAP -> map(canvas, scene);
    }
    scene.things().forEach(thing -> draw(thing, canvas));
    canvas.dispose();
    return image;
  }

  private static void draw(Thing thing, Graphics2D canvas) {
    Pen pen = Pen.at(canvas, thing.x(), thing.y(), THING, thing.hue().paint());
    if (thing.figure() instanceof Animal animal) {
      AnimalDrawing.draw(animal, pen);
    } else if (thing.figure() instanceof Place place) {
      PlaceDrawing.draw(place, pen);
    }
  }

  private static void meadow(Graphics2D canvas) {
    canvas.setPaint(gradient(0xBFE3F7, 0, 0xEAF6FB, 0.45));
    canvas.fill(new Rectangle2D.Double(0, 0, 1, 1));
    canvas.setPaint(new Color(0xFBE08A));
    canvas.fill(new Ellipse2D.Double(0.82, 0.05, 0.12, 0.12));
    canvas.setPaint(new Color(0xB4D79B));
    canvas.fill(new Ellipse2D.Double(-0.3, 0.3, 0.95, 0.6));
    canvas.setPaint(new Color(0xA6CE8D));
    canvas.fill(new Ellipse2D.Double(0.35, 0.34, 1, 0.6));
    canvas.setPaint(gradient(0xA9D28B, 0.5, 0x87BC6C, 1));
    canvas.fill(new Rectangle2D.Double(0, 0.55, 1, 0.45));
    canvas.setPaint(new Color(0x9CCBE6));
    canvas.fill(new Ellipse2D.Double(0.22, 0.7, 0.56, 0.24));
    tufts(canvas);
  }

  private static GradientPaint gradient(int upper, double from, int lower, double to) {
    return new GradientPaint(0, (float) from, new Color(upper), 0, (float) to, new Color(lower));
  }

  private static void tufts(Graphics2D canvas) {
    canvas.setPaint(new Color(0x6FA557));
    canvas.setStroke(new BasicStroke(0.006f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    double[][] places = {{0.08, 0.68}, {0.9, 0.72}, {0.12, 0.92}, {0.88, 0.93}, {0.62, 0.62}};
    for (double[] place : places) {
      for (double lean = -0.02; lean <= 0.021; lean += 0.02) {
        Path2D blade = new Path2D.Double();
        blade.moveTo(place[0], place[1]);
        blade.lineTo(place[0] + lean, place[1] - 0.035);
        canvas.draw(blade);
      }
    }
  }

  private static void map(Graphics2D canvas, Scene scene) {
    canvas.setPaint(new Color(0xA9D0E6));
    canvas.fill(new Rectangle2D.Double(0, 0, 1, 1));
    Path2D coast = new Path2D.Double();
    coast.moveTo(0.03, 0.45);
    coast.curveTo(0.02, 0.1, 0.25, 0.03, 0.5, 0.03);
    coast.curveTo(0.85, 0.02, 0.97, 0.2, 0.97, 0.5);
    coast.curveTo(0.98, 0.85, 0.8, 0.97, 0.52, 0.97);
    coast.curveTo(0.18, 0.98, 0.04, 0.8, 0.03, 0.45);
    canvas.setPaint(new Color(0xF4EBCF));
    canvas.setStroke(new BasicStroke(0.03f));
    canvas.draw(coast);
    canvas.setPaint(LAND);
    canvas.fill(coast);
    roads(canvas, scene);
    compass(canvas);
  }

  private static void roads(Graphics2D canvas, Scene scene) {
    canvas.setPaint(new Color(0xB9A98A));
    float[] dashes = {0.02f, 0.02f};
    canvas.setStroke(
        new BasicStroke(0.01f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, dashes, 0));
    for (Thing thing : scene.things()) {
      Path2D road = new Path2D.Double();
      road.moveTo(0.5, 0.5);
      road.lineTo(thing.x(), thing.y());
      canvas.draw(road);
    }
  }

  /** A rose in the corner, its north arrow dark under an N of three strokes. */
  private static void compass(Graphics2D canvas) {
    Pen pen = Pen.at(canvas, 0.88, 0.88, 0.09, Color.WHITE);
    pen.polygon(-0.7, 0.3, 0, 0.16, 0.7, 0.3, 0, 0.44);
    pen.polygon(-0.14, 0.3, 0, 0.98, 0.14, 0.3);
    pen.in(INK).polygon(-0.14, 0.3, 0, -0.4, 0.14, 0.3);
    pen.line(-0.18, -0.6, -0.18, -1.05, 0.18, -0.6, 0.18, -1.05);
  }
}
