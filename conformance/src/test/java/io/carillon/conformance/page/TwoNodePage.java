package io.carillon.conformance.page;

import io.carillon.conformance.cluster.Cluster;
import java.net.URI;

/** The page as {@code carillon demo} prints its address: it knows both nodes. */
record TwoNodePage(Cluster cluster, Browser browser) {

  String url(int node) {
    return cluster.node(node).url().toString();
  }

  /** The page of one node, which knows only that. */
  String plainUrl(int node) {
    return plainUrl(cluster.node(node).url());
  }

  static String plainUrl(URI node) {
    return "http://" + node.getAuthority() + "/";
  }

  Tab open() {
    return browser.open(plainUrl(1) + "?nodes=" + url(1) + "," + url(2));
  }

  /** Both clients are greeted, and know where they are. */
  Tab openJoined() {
    Tab tab = open();
    tab.pane(1).click("enter").awaitJoined("lobby").awaitNode("n1");
    tab.pane(2).click("enter").awaitJoined("lobby").awaitNode("n2");
    return tab;
  }
}
