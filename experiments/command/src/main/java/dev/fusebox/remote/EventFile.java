package dev.fusebox.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of JSON lines that a process on another machine appends to. */
final class EventFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 1 << 20; // bytes read at once

  private final Path file;
  private long read;

  /** Reads what comes from now on. */
  EventFile(Path file) throws IOException {
    this.file = file;
    this.read = file.toFile().length();
  }

  /** The lines that have come since. Opened anew each time: NFS shows changes to who opens. */
  List<JsonNode> next() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes =
          ByteBuffer.allocate((int) Math.min(MOST, Math.max(0, channel.size() - read)));
      channel.read(bytes, read);
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      read += whole.length();
      byte[] complete = whole.getBytes(StandardCharsets.ISO_8859_1);
      return events(new String(complete, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static List<JsonNode> events(String lines) {
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      try {
        events.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        // a process was killed while it wrote it
      }
    }
    return events;
  }
}
