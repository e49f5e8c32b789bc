// Opens files as Gephi does and says what it saw: one JSON object a line for each argument, which is
// "FILE" or "NODES.csv,EDGES.csv". Compiled and run by check_gephi with the Gephi Toolkit.
import java.io.File;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.plugin.file.spreadsheet.ImporterSpreadsheetCSV;
import org.gephi.io.processor.plugin.AppendProcessor;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

public class GephiReader {
  static final ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
  static final ImportController importer = Lookup.getDefault().lookup(ImportController.class);

  public static void main(String[] arguments) throws Exception {
    for (String argument : arguments) {
      projects.newProject();
      Workspace workspace = projects.getCurrentWorkspace();
      List<String> issues = new ArrayList<>();
      String failure = null;
      try {
        for (String file : argument.split(",")) read(new File(file), workspace, issues);
      } catch (Throwable t) {
        failure = t.toString();
      }
      GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
      StringBuilder out = new StringBuilder("{");
      member(out, "file", argument);
      member(out, "failure", failure);
      out.append(", \"issues\": ").append(list(issues));
      describe(model, out);
      System.out.println(out.append("}"));
      projects.closeCurrentProject();
    }
    System.exit(0);  // threads of the toolkit would keep the program alive
  }

  static void read(File file, Workspace workspace, List<String> issues) throws Exception {
    Container container;
    if (file.getName().endsWith(".csv")) {
      ImporterSpreadsheetCSV spreadsheet = new ImporterSpreadsheetCSV();
      spreadsheet.setFile(file);
      spreadsheet.refreshAutoDetections();  // as the wizard does: separator, encoding, kind of table, types
      container = importer.importFile(file, spreadsheet);
      issues.addAll(issuesOf(container));
      importer.process(container, new AppendProcessor(), workspace);
    } else {
      container = importer.importFile(file);
      // As ticked in Gephi's import dialogue, it moves the centre to 0, 0 and stretches the picture until sizes are 4 to
      // 100 or a place is 5000 away: to compare places, leave them.
      container.getLoader().setAutoScale(false);
      issues.addAll(issuesOf(container));
      importer.process(container, new DefaultProcessor(), workspace);
    }
  }

  static List<String> issuesOf(Container container) {
    List<String> out = new ArrayList<>();
    Iterator<Issue> it = container.getReport().getIssues(1000);
    while (it.hasNext()) {
      Issue issue = it.next();
      out.add(issue.getLevel() + ": " + issue.getMessage());
    }
    return out;
  }

  static void describe(GraphModel model, StringBuilder out) {
    Graph graph = model.getGraph();
    out.append(", \"nodes\": ").append(graph.getNodeCount());
    out.append(", \"edges\": ").append(graph.getEdgeCount());
    out.append(", \"node_columns\": ").append(columns(model.getNodeTable()));
    out.append(", \"edge_columns\": ").append(columns(model.getEdgeTable()));
    member(out, "time_format", String.valueOf(model.getTimeFormat()));
    Interval bounds = model.getTimeBounds();
    member(out, "time_begin", format(model, bounds.getLow()));
    member(out, "time_end", format(model, bounds.getHigh()));
    Map<String, String> labels = new TreeMap<>(), places = new TreeMap<>(), weights = new TreeMap<>();
    Map<String, String> doubts = new TreeMap<>();
    Column doubt = model.getNodeTable().getColumn("maybe_same");
    int undirected = 0, spells = 0;
    for (Node n : graph.getNodes()) {
      labels.put(n.getId().toString(), n.getLabel());
      if (doubt != null && n.getAttribute(doubt) != null) doubts.put(n.getId().toString(), n.getAttribute(doubt).toString());
      places.put(n.getId().toString(), n.x() + " " + n.y() + " " + n.size() + " "
          + Math.round(n.r() * 255) + " " + Math.round(n.g() * 255) + " " + Math.round(n.b() * 255));
    }
    for (Edge e : graph.getEdges()) {
      if (!e.isDirected()) undirected++;
      spells += e.getIntervals().length;
      weights.put(e.getId().toString(), e.getWeight() + " " + e.getTypeLabel() + " " + e.getLabel());
    }
    out.append(", \"undirected\": ").append(undirected).append(", \"spells\": ").append(spells);
    out.append(", \"labels\": ").append(object(labels)).append(", \"places\": ").append(object(places));
    out.append(", \"weights\": ").append(object(weights)).append(", \"doubts\": ").append(object(doubts));
  }

  static String format(GraphModel model, double time) {
    if (Double.isInfinite(time)) return time < 0 ? "-inf" : "inf";
    return org.gephi.graph.api.AttributeUtils.printTimestampInFormat(time, model.getTimeFormat());
  }

  static String columns(Table table) {
    Map<String, String> types = new TreeMap<>();
    for (Column c : table) types.put(c.getTitle(), c.getTypeClass().getSimpleName());
    return object(types);
  }

  static void member(StringBuilder out, String name, String value) {
    if (out.length() > 1) out.append(", ");
    out.append(quoted(name)).append(": ").append(quoted(value));
  }

  static String object(Map<String, String> map) {
    StringBuilder out = new StringBuilder("{");
    map.forEach((k, v) -> member(out, k, v));
    return out.append("}").toString();
  }

  static String list(List<String> items) {
    StringBuilder out = new StringBuilder("[");
    for (String item : items) out.append(out.length() > 1 ? ", " : "").append(quoted(item));
    return out.append("]").toString();
  }

  static String quoted(String s) {
    if (s == null) return "null";
    StringBuilder out = new StringBuilder("\"");
    for (char c : s.toCharArray()) {
      if (c < 0x20 || c == '"' || c == '\\' || c > 0x7e) out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }
}
