package dev.fusebox.cli.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A text in Markdown: CommonMark, with GitHub's tables.
 *
 * @param path from Fusebox's folder
 * @param root of what was read
 */
record Guide(Path path, Node root) {

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer HTML = HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().extensions(EXTENSIONS).build();

  static Guide of(Path path, String markdown) {
    return new Guide(path, PARSER.parse(markdown));
  }

  /** Its first heading, else its file's name. */
  String title() {
    for (Node node = root.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading) {
        return TEXT.render(node).strip();
      }
    }
    return path.getFileName().toString();
  }

  /**
   * Its words as HTML.
   *
   * @param address gives the place on the site that a link or a picture of the text leads to; empty
   *     where there is none, and the words alone are left
   */
  String html(Function<String, String> address) {
    root.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            visitChildren(link);
            String target = address.apply(link.getDestination());
            if (target.isEmpty()) {
              unwrap(link);
            } else {
              link.setDestination(target);
            }
          }

          @Override
          public void visit(Image image) {
            image.setDestination(address.apply(image.getDestination()));
          }
        });
    return HTML.render(root);
  }

  private static void unwrap(Link link) {
    while (link.getFirstChild() != null) {
      link.insertBefore(link.getFirstChild());
    }
    link.unlink();
  }
}
