package io.tributary.description;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The comments of our own sources as Markdown, so that what an app's developer reads is what is
 * written beside the code. Read from the sources, because compiled classes have none; so nothing
 * has to be added to what runs.
 */
final class SourceComments {
  private static final Comment NONE = new Comment("", "", Map.of(), "");

  private final Path root;
  private final Map<String, Comment> comments = new HashMap<>();
  private final Set<Class<?>> read = new HashSet<>();

  /** Reads from all modules below this folder. */
  SourceComments(Path root) {
    this.root = root;
  }

  /**
   * One comment; what it does not have is empty.
   *
   * @param summary the first sentence, without its full stop
   * @param rest what follows it
   * @param parameters of a method, or a record's components
   * @param returned what a method returns
   */
  record Comment(String summary, String rest, Map<String, String> parameters, String returned) {
    String whole() {
      return rest.isEmpty() ? summary : summary + ". " + rest;
    }
  }

  Comment of(Class<?> type) {
    return find(type, nameOf(type));
  }

  Comment of(Method method) {
    return find(
        method.getDeclaringClass(), nameOf(method.getDeclaringClass()) + "#" + method.getName());
  }

  Comment of(Enum<?> constant) {
    return find(
        constant.getDeclaringClass(), nameOf(constant.getDeclaringClass()) + "#" + constant.name());
  }

  private Comment find(Class<?> type, String name) {
    Class<?> outermost = type;
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    if (read.add(outermost)) {
      read(sourceOf(outermost));
    }
    return comments.getOrDefault(name, NONE);
  }

  private static String nameOf(Class<?> type) {
    return type.getName().replace('$', '.');
  }

  private Path sourceOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".java";
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .map(module -> module.resolve("src/main/java").resolve(file))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no module has " + file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Collector(docs, String.valueOf(unit.getPackageName())).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Collector extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees docs;
    private String name;

    Collector(DocTrees docs, String packageName) {
      this.docs = docs;
      this.name = packageName;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
      String outer = name;
      name = outer + "." + tree.getSimpleName();
      keep(name);
      super.visitClass(tree, null);
      name = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
      keep(name + "#" + tree.getName());
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
      keep(name + "#" + tree.getName());
      return null;
    }

    private void keep(String key) {
      @Nullable DocCommentTree tree = docs.getDocCommentTree(getCurrentPath());
      if (tree != null) {
        comments.put(key, comment(tree));
      }
    }
  }

  private static Comment comment(DocCommentTree tree) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String returned = "";
    for (DocTree tag : tree.getBlockTags()) {
      switch (tag) {
        case ParamTree parameter ->
            parameters.put(
                parameter.getName().getName().toString(), markdown(parameter.getDescription()));
        case ReturnTree result -> returned = markdown(result.getDescription());
        default -> {}
      }
    }
    String summary = markdown(tree.getFirstSentence());
    return new Comment(
        summary.endsWith(".") ? summary.substring(0, summary.length() - 1) : summary,
        markdown(tree.getBody()),
        parameters,
        returned);
  }

  private static String markdown(List<? extends DocTree> trees) {
    StringBuilder text = new StringBuilder();
    for (DocTree tree : trees) {
      text.append(
          switch (tree) {
            case TextTree words -> oneLine(words.getBody());
            case LiteralTree literal ->
                literal.getKind() == DocTree.Kind.CODE
                    ? "`" + oneLine(literal.getBody().getBody()).strip() + "`"
                    : oneLine(literal.getBody().getBody());
            case LinkTree link ->
                link.getLabel().isEmpty()
                    ? "`" + simpleName(link.getReference().getSignature()) + "`"
                    : markdown(link.getLabel());
            case StartElementTree element when element.getName().contentEquals("p") -> "\n\n";
            case EndElementTree element when element.getName().contentEquals("p") -> "";
            default ->
                throw new IllegalArgumentException(
                    "a comment has " + tree + " (expected: text, code, links, paragraphs)");
          });
    }
    return text.toString().replaceAll(" *\n\n *", "\n\n").strip();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  /** {@code ranking} of {@code Playback#ranking()}. */
  private static String simpleName(String reference) {
    String member = reference.substring(reference.indexOf('#') + 1);
    int end = member.indexOf('(');
    String name = end < 0 ? member : member.substring(0, end);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
