package dev.geniehive.protocol;

import java.time.Duration;

/**
 * How a node is to behave.
 *
 * @param nodeId its id from now on
 * @param heartbeatInterval how often it reports
 * @param lostAfter after how much silence it counts as lost
 */
public record Assignment(String nodeId, Duration heartbeatInterval, Duration lostAfter) {}
