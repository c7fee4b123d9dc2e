package io.carillon.adapter.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the topics of a cluster of nodes, and creates those that are not there. Blocks. */
final class TopicSetup {

  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);

  /** The limit of a topic that is not configured otherwise. */
  static final int USUAL_RECORD = 1_048_588;

  /** Bulk messages with their envelopes have to fit. */
  private static final int LEAST_RECORD = 320 << 10;

  /** More is not carried, however large the topic's limit is. */
  private static final int MOST_RECORD = 16 << 20;

  private static final long PATIENCE_SECONDS = 5;
  private static final long LOOK_MILLIS = 50;
  private static final Set<AclOperation> NEEDED =
      Set.of(AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);

  private final KafkaConfig config;
  private final Topics topics;

  TopicSetup(KafkaConfig config, Topics topics) {
    this.config = config;
    this.topics = topics;
  }

  /**
   * Finds or creates all topics.
   *
   * @throws KafkaFailure if an operator has to do something
   */
  TopicLayout prepare(Admin admin) throws IOException, InterruptedException {
    Map<String, TopicDescription> found = describe(admin);
    List<String> missing = missing(found);
    if (!missing.isEmpty()) {
      create(admin, missing, new CreateTopicsOptions());
      found = awaitAll(admin);
      log.info(
          "Created in Kafka, on {} of its brokers: {}",
          get(found, missing.getFirst()).partitions().getFirst().replicas().size(),
          String.join(", ", missing));
    }
    for (TopicDescription topic : found.values()) {
      heedPermissions(topic);
    }
    return new TopicLayout(
        get(found, topics.publications()).topicId(),
        get(found, topics.publications()).partitions().size(),
        get(found, topics.bulk()).partitions().size(),
        maxRecord(admin));
  }

  /** Finds out whether the missing topics could be created, and creates none; their names. */
  List<String> rehearse(Admin admin) throws IOException, InterruptedException {
    List<String> missing = missing(describe(admin));
    if (!missing.isEmpty()) {
      create(admin, missing, new CreateTopicsOptions().validateOnly(true));
    }
    return missing;
  }

  private List<String> missing(Map<String, TopicDescription> found) {
    return topics.all().stream().filter(topic -> !found.containsKey(topic)).toList();
  }

  private Map<String, TopicDescription> describe(Admin admin)
      throws IOException, InterruptedException {
    Map<String, TopicDescription> found = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin
            .describeTopics(
                topics.all(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : asked.entrySet()) {
      try {
        found.put(topic.getKey(), await(topic.getValue()));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new IOException(e.getCause());
        }
      }
    }
    return found;
  }

  private void create(Admin admin, List<String> missing, CreateTopicsOptions options)
      throws IOException, InterruptedException {
    TopicCreation creation = config.creation().on(brokers(admin));
    List<NewTopic> requests =
        missing.stream().map(topic -> creation.request(topic, topics)).toList();
    List<KafkaFuture<Void>> answers =
        new ArrayList<>(admin.createTopics(requests, options).values().values());
    for (KafkaFuture<Void> answer : answers) {
      try {
        await(answer);
      } catch (ExecutionException e) {
        heed(e.getCause() == null ? e : e.getCause(), missing, creation);
      }
    }
  }

  private static int brokers(Admin admin) throws IOException, InterruptedException {
    try {
      return await(admin.describeCluster().nodes()).size();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private void heed(Throwable failure, List<String> missing, TopicCreation creation)
      throws IOException {
    if (failure instanceof TopicExistsException) {
      return; // Another node was faster.
    }
    if (failure instanceof AuthorizationException
        || failure instanceof PolicyViolationException
        || failure instanceof InvalidReplicationFactorException) {
      throw new KafkaFailure(
          "topics are missing and this user can't create them: %s (expected: permission to create,"
                  .formatted(Failures.reason(failure))
              + " or that an operator runs: %s)".formatted(commands(missing, creation)));
    }
    throw new IOException(failure);
  }

  private String commands(List<String> missing, TopicCreation creation) {
    return missing.stream()
        .map(topic -> creation.command(topic, topics, config.address().bootstrap()))
        .collect(Collectors.joining("; "));
  }

  /** A broker may hear of a new topic a moment later than the one that has created it. */
  private Map<String, TopicDescription> awaitAll(Admin admin)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Map<String, TopicDescription> found = describe(admin);
      if (missing(found).isEmpty()) {
        return found;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new IOException("the topics that were created are not there");
  }

  private static void heedPermissions(TopicDescription topic) throws KafkaFailure {
    Set<AclOperation> allowed = topic.authorizedOperations();
    if (allowed != null && !allowed.containsAll(NEEDED)) {
      throw new KafkaFailure(
          "the user may not use topic %s (expected: permission for DESCRIBE, READ and WRITE)"
              .formatted(topic.name()));
    }
  }

  /** A user that may not see the configuration is not refused for that. */
  private int maxRecord(Admin admin) throws IOException, InterruptedException {
    int least = MOST_RECORD;
    List<ConfigResource> resources =
        topics.all().stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    for (KafkaFuture<Config> answer : admin.describeConfigs(resources).values().values()) {
      least = Math.min(least, maxRecord(answer));
    }
    if (least < LEAST_RECORD) {
      throw new KafkaFailure(
          "%s of the topics: %d (expected: at least %d)"
              .formatted(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, least, LEAST_RECORD));
    }
    return least;
  }

  private static int maxRecord(KafkaFuture<Config> answer)
      throws IOException, InterruptedException {
    try {
      ConfigEntry entry = await(answer).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
      return entry == null ? USUAL_RECORD : Integer.parseInt(entry.value());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return USUAL_RECORD;
      }
      throw new IOException(e.getCause());
    }
  }

  private static <T> T await(KafkaFuture<T> future)
      throws IOException, InterruptedException, ExecutionException {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException(Failures.SILENT);
    }
  }

  private static TopicDescription get(Map<String, TopicDescription> found, String topic) {
    TopicDescription description = found.get(topic);
    if (description == null) {
      throw new IllegalStateException("topic " + topic + " was found and is not there");
    }
    return description;
  }
}
