import { useId } from 'react';
import { Field } from '../people/asking.tsx';

type YearProps = { label: string; year: number; thisYear: number; onChoose: (year: number) => void };

/** A year to choose: three gone by to two ahead, and the one that is shown. */
export function YearField({ label, year, thisYear, onChoose }: YearProps) {
  const id = useId();
  const near = [-3, -2, -1, 0, 1, 2].map((step) => thisYear + step);
  const years = [...new Set([...near, year])].sort((a, b) => b - a);
  return (
    <Field id={id} label={label}>
      <select id={id} value={year} onChange={(event) => onChoose(Number(event.target.value))}>
        {years.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </Field>
  );
}
