/** Ranking policies that come with GenieHive: pure functions of what the platform has measured. */
package dev.geniehive.plugin.ranking;
