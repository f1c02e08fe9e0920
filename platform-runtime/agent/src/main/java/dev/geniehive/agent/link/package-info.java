/** What comes through the links: places at the services of this machine, and the link itself, renewed with the key. */
package dev.geniehive.agent.link;
