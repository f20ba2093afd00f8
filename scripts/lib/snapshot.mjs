// @ts-check

/**
 * What scripts of users depend on: names, flags and short flags of every command, in the shape of the official plugins'
 * `command-snapshot.json`.
 *
 * @param {{ commands: Record<string, { aliases?: string[], flags?: Record<string, { char?: string }> }> }} manifest
 */
export const commandSnapshot = (manifest) =>
  Object.entries(manifest.commands)
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([command, { aliases = [], flags = {} }]) => ({
      alias: [...aliases].sort(),
      command,
      flagChars: Object.values(flags)
        .flatMap(({ char }) => (char === undefined ? [] : [char]))
        .sort(),
      flags: Object.keys(flags).sort(),
      plugin: 'sf-plugin-cosell'
    }));
