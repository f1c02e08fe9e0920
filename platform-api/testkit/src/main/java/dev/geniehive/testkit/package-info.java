/**
 * How a plugin author proves a plugin, without a network and without the platform.
 *
 * <p>A contract is an abstract JUnit class: extend it, return what is to be tested, run it. Fakes stand in for what the
 * platform lends, and the test decides byte by byte what happens.
 */
package dev.geniehive.testkit;
