package dev.fusebox.questions.retrieve;

import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.file.WholeFile;
import dev.fusebox.questions.Question;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * Finds passages by the words of a question: BM25 over stemmed English words (Lucene, k1 1.2, b
 * 0.75). The index lies in a cache under a name made of the passages, and is built once. Safe for
 * threads.
 */
public final class PassageIndex implements Closeable {

  private static final String TEXT = "text";
  private static final String NUMBER = "number";

  private final Analyzer analyzer = new EnglishAnalyzer();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  private PassageIndex(DirectoryReader reader) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
  }

  /**
   * Opens the index of a corpus, as {@link Corpus#read} finds it.
   *
   * @param cache the folder of indices
   */
  public static PassageIndex open(Path corpus, Path cache) throws IOException {
    return open(Corpus.read(corpus), cache);
  }

  /** Opens the index of passages; empty ones and repetitions are left out. */
  public static PassageIndex open(List<String> passages, Path cache) throws IOException {
    List<String> distinct = Corpus.distinct(passages);
    Fingerprint fingerprint = new Fingerprint();
    distinct.forEach(fingerprint::add);
    Path folder = cache.resolve("passages-" + fingerprint.hex());
    if (!Files.isDirectory(folder)) {
      build(distinct, folder);
    }
    return new PassageIndex(DirectoryReader.open(new NIOFSDirectory(folder)));
  }

  private static void build(List<String> passages, Path folder) throws IOException {
    Path unfinished = Files.createDirectories(UnfinishedFiles.beside(folder));
    try {
      fill(passages, unfinished);
      WholeFile.move(unfinished, folder);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) { // else another worker has made the same meanwhile
        throw e;
      }
    } finally {
      DirectoryTree.delete(unfinished);
    }
  }

  /** An index of passages that is kept nowhere; empty ones and repetitions are left out. */
  public static PassageIndex inMemory(List<String> passages) throws IOException {
    Directory directory = new ByteBuffersDirectory();
    fill(Corpus.distinct(passages), directory);
    return new PassageIndex(DirectoryReader.open(directory));
  }

  private static void fill(List<String> passages, Path folder) throws IOException {
    try (Directory directory = new NIOFSDirectory(folder)) {
      fill(passages, directory);
    }
  }

  private static void fill(List<String> passages, Directory directory) throws IOException {
    // One segment, merged by this thread: the same passages give the same index.
    IndexWriterConfig config =
        new IndexWriterConfig(new EnglishAnalyzer())
            .setMergeScheduler(new SerialMergeScheduler())
            .setUseCompoundFile(true);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int number = 0; number < passages.size(); number++) {
        writer.addDocument(document(number, passages.get(number)));
      }
      writer.forceMerge(1);
    }
  }

  private static Document document(int number, String text) {
    Document document = new Document();
    document.add(new TextField(TEXT, text, Store.YES));
    document.add(new StoredField(NUMBER, number));
    return document;
  }

  /** What passages are looked for by: the words of a question, its hint and its options. */
  public static String query(Question question) {
    return question.question() + " " + question.hint() + " " + String.join(" ", question.choices());
  }

  /** How many passages there are. */
  public int size() {
    return reader.numDocs();
  }

  /**
   * The passages that fit best, the best first; of equals the one that comes first in the corpus.
   *
   * @param query any text; its words are looked for
   * @return at most {@code count}; none if no word is found
   */
  public List<Passage> search(String query, int count) throws IOException {
    List<Passage> found = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(query(query), count).scoreDocs) {
      Document document = searcher.storedFields().document(hit.doc);
      int number = document.getField(NUMBER).numericValue().intValue();
      found.add(new Passage(number, document.get(TEXT), hit.score));
    }
    return found;
  }

  private Query query(String text) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    words(text).stream()
        .limit(IndexSearcher.getMaxClauseCount())
        .forEach(word -> query.add(new TermQuery(new Term(TEXT, word)), Occur.SHOULD));
    return query.build();
  }

  /** The stemmed words of a text, each once, as they are searched for. */
  Set<String> words(String text) throws IOException {
    return words(analyzer, text);
  }

  /** How many passages have a word, as {@link #words} tells it. */
  int holders(String word) throws IOException {
    return reader.docFreq(new Term(TEXT, word));
  }

  /** The stemmed words of a text, each once, without those that are in every text. */
  static Set<String> words(Analyzer analyzer, String text) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream tokens = analyzer.tokenStream(TEXT, text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(word.toString());
      }
      tokens.end();
    }
    return words;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    reader.directory().close();
    analyzer.close();
  }
}
