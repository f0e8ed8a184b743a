type SwitchProps<V> = {
  label: string;
  options: readonly { value: V; text: string }[];
  chosen: V;
  onChoose: (value: V) => void;
};

/** One of a few, by buttons beside each other. */
export function Switch<V extends string | number>({ label, options, chosen, onChoose }: SwitchProps<V>) {
  return (
    <fieldset className="switch" aria-label={label}>
      {options.map(({ value, text }) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}
